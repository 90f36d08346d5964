-- KEYS[1] content:jobs
-- ARGV[1] the consumer group
-- ARGV[2] the id to start at
-- ARGV[3] the number of pending entries to check
-- returns the id to continue at, nil after the last one

-- Acknowledges pending entries that were deleted by hand. Redis 6.2 keeps them pending.
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], '+', ARGV[3])
for _, entry in ipairs(pending) do
    if #redis.call('XRANGE', KEYS[1], entry[1], entry[1]) == 0 then
        redis.call('XACK', KEYS[1], ARGV[1], entry[1])
    end
end
return #pending == tonumber(ARGV[3]) and '(' .. pending[#pending][1]
