-- KEYS[1] content:jobs
-- ARGV[1] the most entries that the stream may have
-- ARGV[2] the id of the job
-- ARGV[3] when the job was accepted (ms since 1970)
-- returns the id of the entry, nil if the stream is full

if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return false end
return redis.call('XADD', KEYS[1], '*', 'job', ARGV[2], 'createdAt', ARGV[3])
