-- KEYS[1] job:{jobId}
-- ARGV[1] time to live (ms)
-- ARGV[2...] field, value, field, value, ...
-- returns 1 if the record was written, 0 if the job has a record already

if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
