-- KEYS[1] content:jobs
-- ARGV[1] the consumer group
-- ARGV[2] the id of the entry
-- ARGV[3] the id of the job
-- ARGV[4] when the job was accepted (ms since 1970)
-- returns the id of the new entry, nil if the old one is not pending

if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return false end
redis.call('XDEL', KEYS[1], ARGV[2])
return redis.call('XADD', KEYS[1], '*', 'job', ARGV[3], 'createdAt', ARGV[4])
