-- KEYS[1] content:calls:{provider}
-- ARGV[1] time after which a call that is not renewed counts as ended (ms)
-- ARGV[2] how long the key lives (ms)
-- ARGV[3...] ids of calls that are under way
-- returns how many of them still counted

-- Lets calls count on that are under way. One that has been released meanwhile stays so.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counted = 0
for i = 3, #ARGV do
    if redis.call('HEXISTS', KEYS[1], 'open:' .. ARGV[i]) == 1 then
        redis.call('HSET', KEYS[1], 'open:' .. ARGV[i], string.format('%.0f', now + ARGV[1]))
        counted = counted + 1
    end
end
if counted > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return counted
