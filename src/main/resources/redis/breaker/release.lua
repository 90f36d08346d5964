-- KEYS[1] content:breaker
-- ARGV[1] the longest life that its key can have (ms)
-- ARGV[2] id of the probe
-- returns {1 if the value was unreadable, 1 if that call was the probe}

-- Lets another call be the probe.

-- The same in each script of the breaker: reads its value, nil if there is none. An unreadable value would keep the
-- breaker open for good, so it is deleted.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local longest_life = tonumber(ARGV[1])
local function within(number, least, greatest)
    return type(number) == 'number' and number >= least and number <= greatest
end
local function is_sound(breaker)
    return type(breaker) == 'table' and within(breaker['until'], 0, now + longest_life)
        and within(breaker.length, 1, longest_life)
        and (not breaker.probe
            or type(breaker.probe) == 'string' and within(breaker.probeUntil, 0, now + longest_life))
end
local function read()
    local size = redis.pcall('STRLEN', KEYS[1])
    local raw = type(size) == 'number' and size < 65536 and redis.pcall('GET', KEYS[1])
    if size == 0 and not raw then return nil, 0 end
    local parsed, breaker = pcall(cjson.decode, raw)
    if parsed and type(breaker) == 'table' then
        for name, value in pairs(breaker) do
            if value == cjson.null then breaker[name] = nil end
        end
    end
    if parsed and is_sound(breaker) and within(redis.pcall('PTTL', KEYS[1]), 0, longest_life) then
        return breaker, 0
    end
    redis.pcall('DEL', KEYS[1])
    return nil, 1
end
local breaker, discarded = read()
-- End of the common part.

if not breaker or breaker.probe ~= ARGV[2] then return {discarded, 0} end
breaker.probe, breaker.probeUntil = nil, nil
redis.call('SET', KEYS[1], cjson.encode(breaker), 'KEEPTTL')
return {discarded, 1}
