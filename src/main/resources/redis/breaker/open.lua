-- KEYS[1] content:breaker
-- ARGV[1] the longest life that its key can have (ms)
-- ARGV[2] length of a first pause (ms)
-- ARGV[3] length up to which it is doubled (ms)
-- ARGV[4] time that the provider asks not to be called (ms); 0 if it does not ask
-- ARGV[5] reason, for operators
-- ARGV[6] time that the key outlives the pause (ms)
-- ARGV[7] id of the probe that failed; empty if none did
-- ARGV[8] operator's fault; empty if none
-- ARGV[9] time in which a fault is reported once (ms)
-- returns {1 if the value was unreadable, OPENED | ALREADY_OPEN | PROBE_PENDING, time open (ms), 1 to report the fault}

-- Opens the breaker, or extends a pause that is too short.

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

local asked, failed_probe, fault = tonumber(ARGV[4]), ARGV[7], ARGV[8]
local length = tonumber(ARGV[2])
local remaining = 0
if breaker then
    remaining = breaker['until'] - now
    local is_known = fault == '' or fault == breaker.fault
    local is_probing = breaker.probe and breaker.probeUntil > now
    if failed_probe ~= '' and breaker.probe == failed_probe then
        length = math.max(breaker.length, math.min(breaker.length * 2, tonumber(ARGV[3])))
    elseif remaining > 0 and asked <= remaining and is_known then
        return {discarded, 'ALREADY_OPEN', math.ceil(remaining), 0}
    elseif remaining <= 0 and is_probing and asked == 0 and is_known then
        return {discarded, 'PROBE_PENDING', 0, 0}
    else
        length = breaker.length
    end
end
if fault ~= '' then length = math.max(length, tonumber(ARGV[3])) end
local pause = math.max(length, asked, remaining)
local next = {['until'] = now + pause, length = length, why = ARGV[5]}
local report = 0
if fault ~= '' then
    local is_reported = breaker and breaker.fault == fault and within(breaker.saidAt, now - tonumber(ARGV[9]), now)
    next.fault = fault
    next.saidAt = is_reported and breaker.saidAt or now
    report = is_reported and 0 or 1
end
redis.call('SET', KEYS[1], cjson.encode(next), 'PX', string.format('%.0f', pause + ARGV[6]))
return {discarded, 'OPENED', pause, report}
