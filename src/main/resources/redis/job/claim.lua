-- KEYS[1] job:{jobId}
-- ARGV[1] the new owner of the lease
-- ARGV[2] the length of the lease (ms)
-- returns the whole hash if the lease was granted or the job has ended, 0 if there is no such job, 1 if it is leased

-- A job that has ended is returned without a lease. A lease with an unreadable end counts as lapsed. What is written is
-- appended to the hash that was read: of two values of a field, the last one counts.
local hash = redis.call('HGETALL', KEYS[1])
if #hash == 0 then return 0 end
local job = {}
for i = 1, #hash, 2 do job[hash[i]] = hash[i + 1] end
if job.status == 'COMPLETED' or job.status == 'FAILED' or job.status == 'CANCELLED' then return hash end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local written = {'owner', ARGV[1], 'leaseUntil', string.format('%.0f', now + ARGV[2])}
if job.owner and job.owner ~= ARGV[1] then
    if (tonumber(job.leaseUntil) or 0) > now then return 1 end
    -- Only a lapse with a call in flight counts: a job that merely waited did not harm its worker.
    if (tonumber(job.callsOut) or 0) > 0 then
        written[5] = 'stalled'
        written[6] = string.format('%.0f', (tonumber(job.stalled) or 0) + 1)
    end
end
redis.call('HSET', KEYS[1], unpack(written))
for _, each in ipairs(written) do hash[#hash + 1] = each end
return hash
