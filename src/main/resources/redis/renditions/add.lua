-- KEYS[1] content:renditions:{image}
-- ARGV[1] the rendition: its channel, a dot, and its extension
-- ARGV[2] its details
-- ARGV[3] when the image expires (ms since 1970)
-- returns 1 if no such rendition was recorded before, else 0

if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
local added = redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
return added
