-- KEYS[1] job:{jobId}
-- ARGV[1] the owner of the lease, or '' for a write that needs no lease
-- ARGV[2] the version that the change is based on, or '' if the record has no ASCII version
-- ARGV[3] time to live (ms)
-- ARGV[4] 1 if the change ends the job and thereby its lease, else 0
-- ARGV[5...] field, value, field, value, ...
-- returns 1 if the change was written, 0 if the owner does not hold the lease, the whole hash if it has another version

local held = redis.call('HMGET', KEYS[1], 'owner', 'version')
if ARGV[1] ~= '' and held[1] ~= ARGV[1] then return 0 end
local version = held[2] or redis.call('EXISTS', KEYS[1]) == 1 and ''
if version and string.find(version, '[^ -~]') then version = '' end
if version ~= ARGV[2] then return redis.call('HGETALL', KEYS[1]) end
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
if ARGV[4] == '1' then redis.call('HDEL', KEYS[1], 'owner', 'leaseUntil') end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
-- Only a hint to those who wait for the job: a failure, such as a denied channel, must not undo the write.
redis.pcall('PUBLISH', 'content:events', string.sub(KEYS[1], 5))
return 1
