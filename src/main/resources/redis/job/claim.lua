-- KEYS[1] job:{jobId}
-- ARGV[1] the new owner of the lease
-- ARGV[2] the length of the lease (ms)
-- returns the whole hash if the lease was granted or the job has ended, 0 if there is no such job, 1 if it is leased

-- A job that has ended is returned without a lease. A lease with an unreadable end counts as lapsed.
local held = redis.call('HMGET', KEYS[1], 'status', 'owner', 'leaseUntil', 'callsOut', 'stalled')
if not held[1] and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if held[1] ~= 'COMPLETED' and held[1] ~= 'FAILED' and held[1] ~= 'CANCELLED' then
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    if held[2] and held[2] ~= ARGV[1] then
        if (tonumber(held[3]) or 0) > now then return 1 end
        -- Only a lapse with a call in flight counts: a job that merely waited did not harm its worker.
        if (tonumber(held[4]) or 0) > 0 then
            redis.call('HSET', KEYS[1], 'stalled', string.format('%.0f', (tonumber(held[5]) or 0) + 1))
        end
    end
    redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'leaseUntil', string.format('%.0f', now + ARGV[2]))
end
return redis.call('HGETALL', KEYS[1])
