-- KEYS[1] content:calls:{provider}
-- ARGV[1] id of the call; empty to ask only
-- ARGV[2] the most calls in a minute; 0 if not configured
-- ARGV[3] the most calls at a time; 0 if not configured
-- ARGV[4] time after which a call that is not renewed counts as ended (ms)
-- ARGV[5] how long the key lives (ms)
-- returns {GRANTED | LIMITED | BUSY (until a call ends), time until the next call may go out (ms),
--   time for which a limit is known from the provider's responses (ms)}

-- Counts a call, if the provider's limits leave room for it.

-- A call counts for a minute, for the rest of its second, and for two more, in which it may still be on its way.
local COUNTED_SECONDS = 63

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local life = tonumber(ARGV[5])
local function read()
    local found = redis.pcall('HGETALL', KEYS[1])
    if found.err then
        redis.call('DEL', KEYS[1])
        return {}
    end
    local fields = {}
    for i = 1, #found, 2 do fields[found[i]] = tonumber(found[i + 1]) end
    return fields
end
local fields = read()

-- A time further ahead was written by a clock that was wrong, and would stop all calls for good.
local function until_time(name)
    local at = fields[name]
    return at and at > now and at <= now + life and at or 0
end

local past, seconds, calls, open, last_lease = {}, {}, 0, 0, 0
for name, value in pairs(fields) do
    local second = tonumber(string.match(name, '^second:(%d+)$'))
    if second then
        local age = math.floor(now / 1000) - second
        if age >= 0 and age < COUNTED_SECONDS then
            seconds[#seconds + 1] = {second, value}
            calls = calls + value
        else
            past[#past + 1] = name
        end
    elseif string.sub(name, 1, 5) == 'open:' then
        if until_time(name) > 0 then open = open + 1 else past[#past + 1] = name end
    end
end
if #past > 0 then redis.call('HDEL', KEYS[1], unpack(past)) end

local limit, at_a_time = tonumber(ARGV[2]), tonumber(ARGV[3])
local interval, burst = 0, 1
local known = math.max(until_time('limitUntil'), until_time('intervalUntil'), until_time('pausedUntil'))
if until_time('limitUntil') > 0 and (fields.limit or 0) >= 1 and (limit == 0 or fields.limit < limit) then
    limit = math.floor(fields.limit)
end
if limit > 0 and at_a_time > 0 then interval, burst = math.ceil(60000 / limit), math.min(at_a_time, limit) end
if until_time('intervalUntil') > 0 and (fields.interval or 0) > interval then
    interval, burst = fields.interval, 1
end

local free = until_time('pausedUntil')
if limit > 0 and calls >= limit then
    table.sort(seconds, function(one, other) return one[1] < other[1] end)
    local left, i = calls, 0
    while left >= limit do
        i = i + 1
        left = left - seconds[i][2]
    end
    free = math.max(free, (seconds[i][1] + COUNTED_SECONDS) * 1000)
end
-- When the next call would be due, if calls were as far apart as the interval; a burst may be ahead of that.
local due = math.max(until_time('due'), now)
if interval > 0 then free = math.max(free, due - (burst - 1) * interval) end

local left_known = math.max(0, known - now)
if free > now then return {'LIMITED', math.ceil(free - now), left_known} end
if at_a_time > 0 and open >= at_a_time then return {'BUSY', 0, left_known} end
if ARGV[1] ~= '' then
    if interval > 0 then redis.call('HSET', KEYS[1], 'due', string.format('%.0f', due + interval)) end
    if at_a_time > 0 then
        redis.call('HSET', KEYS[1], 'open:' .. ARGV[1], string.format('%.0f', now + ARGV[4]))
    end
    redis.call('HINCRBY', KEYS[1], 'second:' .. time[1], 1)
    redis.call('PEXPIRE', KEYS[1], life)
end
return {'GRANTED', 0, left_known}
