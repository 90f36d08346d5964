-- KEYS[1] content:calls:{provider}
-- ARGV[1] id for the call
-- ARGV[2] time after which a call that is not renewed counts as ended (ms)
-- ARGV[3] how long the key lives (ms)
-- returns 1

-- Counts a call that is under way already, whether or not there is room: the instance that made it is gone.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'open:' .. ARGV[1], string.format('%.0f', now + ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
