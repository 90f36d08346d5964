-- KEYS[1] content:jobs
-- ARGV[1] the consumer group
-- ARGV[2] the id of the entry
-- returns the number of entries removed

redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XDEL', KEYS[1], ARGV[2])
