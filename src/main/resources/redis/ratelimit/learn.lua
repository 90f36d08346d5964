-- KEYS[1] content:calls:{provider}
-- ARGV[1] the most calls in a minute that the provider named; 0 if it named none
-- ARGV[2] how many of them it said are left; empty if it did not say
-- ARGV[3] time for which no call is to go out (ms)
-- ARGV[4] the shortest time between two calls (ms); 0 if none was learned
-- ARGV[5] how long what was learned counts (ms)
-- ARGV[6] how long the key lives (ms)
-- returns how many calls were added that this service had not counted

-- Notes what a response said about the provider's limits. The stricter value stays, as long as it counts.

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local life = tonumber(ARGV[6])
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
local function number(name) return tonumber(redis.call('HGET', KEYS[1], name) or '') end
local function until_time(name)
    local at = number(name)
    return at and at > now and at <= now + life and at or 0
end
local function set(name, value) redis.call('HSET', KEYS[1], name, string.format('%.0f', value)) end

local limit, interval, counts_until = tonumber(ARGV[1]), tonumber(ARGV[4]), now + ARGV[5]
local known = until_time('limitUntil') > 0 and number('limit') or 0
-- A looser one is of other calls, such as those of another model, and says nothing of how many are left of these.
local is_looser = known >= 1 and known < limit
if is_looser then limit = 0 end
if limit > 0 then
    set('limit', limit)
    set('limitUntil', counts_until)
end
if interval > 0 then
    if until_time('intervalUntil') > 0 then interval = math.max(interval, number('interval') or 0) end
    set('interval', interval)
    set('intervalUntil', counts_until)
    -- The call that taught it counts.
    set('due', math.max(until_time('due'), now + interval))
end
if tonumber(ARGV[3]) > 0 then set('pausedUntil', math.max(until_time('pausedUntil'), now + ARGV[3])) end

-- Others may use the same account.
local others = 0
if limit > 0 and ARGV[2] ~= '' then
    local calls = 0
    for second = time[1] - 62, time[1] do calls = calls + (number('second:' .. second) or 0) end
    others = math.max(0, limit - ARGV[2] - calls)
    if others > 0 then redis.call('HINCRBY', KEYS[1], 'second:' .. time[1], others) end
end
redis.call('PEXPIRE', KEYS[1], life)
return others
