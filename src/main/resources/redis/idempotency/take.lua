-- KEYS[1] content:idempotency:{key}
-- ARGV[1] the request
-- ARGV[2] id of the job to start, if this is the first attempt
-- ARGV[3] id of the attempt
-- ARGV[4] time for which the attempt holds the key (ms)
-- ARGV[5] time to live of the entry (ms)
-- returns TAKEN or TAKEN_OVER, job id, age of the first attempt (ms); ANSWERED, response; or the state alone

-- Takes the key for an attempt, unless another attempt holds it (HELD), the response is known (ANSWERED), the key was
-- used with another request (OTHER_REQUEST), or its entry cannot be read (UNREADABLE).
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local there = redis.pcall('GET', KEYS[1])
local entry = {request = ARGV[1], jobId = ARGV[2], startedAt = now}
if there then
    local isJson, read = pcall(cjson.decode, there)
    if not isJson or type(read) ~= 'table' or type(read.request) ~= 'string' then return {'UNREADABLE'} end
    if read.request ~= ARGV[1] then return {'OTHER_REQUEST'} end
    if type(read.answer) == 'table' then return {'ANSWERED', cjson.encode(read.answer)} end
    if type(read.jobId) ~= 'string' then
        -- An earlier version held the key without a job's id, for a few seconds.
        local left = redis.call('PTTL', KEYS[1])
        return {left >= 0 and left <= tonumber(ARGV[4]) and 'HELD' or 'UNREADABLE'}
    end
    local left = (tonumber(read.heldUntil) or 0) - now
    if left > 0 and left <= tonumber(ARGV[4]) then return {'HELD'} end
    entry = read
    entry.startedAt = math.max(0, math.min(now, tonumber(read.startedAt) or 0))
end
entry.holder = ARGV[3]
entry.heldUntil = now + ARGV[4]
redis.call('SET', KEYS[1], cjson.encode(entry), unpack(there and {'KEEPTTL'} or {'PX', ARGV[5]}))
return {there and 'TAKEN_OVER' or 'TAKEN', entry.jobId, string.format('%.0f', now - entry.startedAt)}
