-- KEYS[1] content:jobs
-- ARGV[1] the most entries that the stream may have
-- ARGV[2] the id of the job
-- ARGV[3] when the job was accepted (ms since 1970)
-- ARGV[4] the consumer group
-- returns the id of the job's entry, which may have existed before, nil if the stream is full

-- A pending entry does not count: its worker may have found no record, and be about to remove the entry. The newest
-- entries come first, since the earlier attempt was seconds ago.
local from = '+'
repeat
    local page = redis.call('XREVRANGE', KEYS[1], from, '-', 'COUNT', 500)
    for _, entry in ipairs(page) do
        for i = 1, #entry[2], 2 do
            if entry[2][i] == 'job' and entry[2][i + 1] == ARGV[2]
                and #redis.pcall('XPENDING', KEYS[1], ARGV[4], entry[1], entry[1], 1) == 0 then
                return entry[1]
            end
        end
        from = '(' .. entry[1]
    end
until #page < 500
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end
return redis.call('XADD', KEYS[1], '*', 'job', ARGV[2], 'createdAt', ARGV[3])
