-- KEYS[1] job:{jobId}
-- ARGV[1] the longest time to live (ms) of a record that is not accepted
-- returns 1 if the record was removed, 0 if it is accepted, claimed or gone

-- The status is no criterion: a job that reuses some of its images is never PENDING.
local record = redis.call('HMGET', KEYS[1], 'version', 'owner')
if record[1] ~= '1' or record[2] then return 0 end
if redis.call('PTTL', KEYS[1]) > tonumber(ARGV[1]) then return 0 end
return redis.call('DEL', KEYS[1])
