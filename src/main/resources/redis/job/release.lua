-- KEYS[1] job:{jobId}
-- ARGV[1] the owner of the lease
-- returns the number of fields removed, 0 if the owner does not hold the lease

if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'owner', 'leaseUntil')
