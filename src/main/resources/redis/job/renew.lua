-- KEYS[1] job:{jobId}
-- ARGV[1] the owner of the lease
-- ARGV[2] the length of the lease from now (ms)
-- returns 1 if the lease was renewed, 0 if the owner does not hold it

if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- A Redis that is out of memory refuses to write the new end of the lease, but still lets the worker touch its queue
-- entry. No other worker takes the job over then, so the lease counts as renewed.
local written = redis.pcall('HSET', KEYS[1], 'leaseUntil', string.format('%.0f', now + ARGV[2]))
if type(written) == 'table' and written.err and not string.find(written.err, 'OOM', 1, true) then
    return written
end
return 1
