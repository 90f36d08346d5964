package com.kt.event.content.breaker;

/**
 * The scripts of {@link BreakerStore}. Each has the breaker as its only key, and as its first argument the longest life
 * (ms) that a sound value has. A value that is not sound (another type, text, numbers out of bounds, a key that lives too
 * long or for ever) would keep the breaker open for good, so it is deleted and counts as none: the first item of the reply
 * is 1 then.
 */
final class BreakerScripts {
    /** Only Redis's clock counts. NaN equals nothing, and so is within no bounds. */
    private static final String READ = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local most = tonumber(ARGV[1])
            local function within(number, least, greatest)
                return type(number) == 'number' and number >= least and number <= greatest
            end
            local function isSound(breaker)
                return type(breaker) == 'table' and within(breaker['until'], 0, now + most)
                    and within(breaker.length, 1, most)
                    and (not breaker.probe
                        or type(breaker.probe) == 'string' and within(breaker.probeUntil, 0, now + most))
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
                if parsed and isSound(breaker) and within(redis.pcall('PTTL', KEYS[1]), 0, most) then
                    return breaker, 0
                end
                redis.pcall('DEL', KEYS[1])
                return nil, 1
            end
            local breaker, discarded = read()
            """;

    /** Returns the status, how long the breaker stays open (ms), and the operator's fault. */
    static final String STATE = READ + """
            if not breaker then return {discarded, 'CLOSED', 0, ''} end
            local fault = type(breaker.fault) == 'string' and breaker.fault or ''
            local remaining = math.max(0, math.ceil(breaker['until'] - now))
            return {discarded, remaining > 0 and 'OPEN' or 'HALF_OPEN', remaining, fault}
            """;

    /**
     * Opens the breaker, or extends a pause that is too short. ARGV: length of a first pause (ms), longest one, how long the
     * provider asked for (0 if it did not), reason, how long the key outlives the pause (ms), the id of the probe that
     * failed (empty if none did), the operator's fault (empty if none), and how long that is not reported again (ms).
     * Returns OPENED, ALREADY_OPEN or PROBE_PENDING, how long the breaker stays open (ms), and 1 if the operator's fault has
     * to be reported.
     */
    static final String OPEN = READ + """
            local asked, probe, fault = tonumber(ARGV[4]), ARGV[7], ARGV[8]
            local length = tonumber(ARGV[2])
            local remaining = 0
            if breaker then
                remaining = breaker['until'] - now
                local isKnown = fault == '' or fault == breaker.fault
                local isProbing = breaker.probe and breaker.probeUntil > now
                if probe ~= '' and breaker.probe == probe then
                    length = math.max(breaker.length, math.min(breaker.length * 2, tonumber(ARGV[3])))
                elseif remaining > 0 and asked <= remaining and isKnown then
                    return {discarded, 'ALREADY_OPEN', math.ceil(remaining), 0}
                elseif remaining <= 0 and isProbing and asked == 0 and isKnown then
                    return {discarded, 'PROBE_PENDING', 0, 0}
                else
                    length = breaker.length
                end
            end
            if fault ~= '' then length = math.max(length, tonumber(ARGV[3])) end
            local ms = math.max(length, asked, remaining)
            local next = {['until'] = now + ms, length = length, why = ARGV[5]}
            local report = 0
            if fault ~= '' then
                next.fault = fault
                local isReported = breaker and breaker.fault == fault
                    and within(breaker.saidAt, now - tonumber(ARGV[9]), now)
                next.saidAt = isReported and breaker.saidAt or now
                report = isReported and 0 or 1
            end
            redis.call('SET', KEYS[1], cjson.encode(next), 'PX', string.format('%.0f', ms + ARGV[6]))
            return {discarded, 'OPENED', ms, report}
            """;

    /** Makes ARGV[2] the probe for ARGV[3] ms, or extends its lease by that. Returns GRANTED, REFUSED or CLOSED. */
    static final String PROBE = READ + """
            if not breaker then return {discarded, 'CLOSED'} end
            if breaker['until'] > now then return {discarded, 'REFUSED'} end
            if breaker.probe and breaker.probe ~= ARGV[2] and breaker.probeUntil > now then
                return {discarded, 'REFUSED'}
            end
            breaker.probe = ARGV[2]
            breaker.probeUntil = now + ARGV[3]
            redis.call('SET', KEYS[1], cjson.encode(breaker), 'KEEPTTL')
            return {discarded, 'GRANTED'}
            """;

    /** Closes the breaker if ARGV[2] is its probe. Returns 1 if it was. */
    static final String CLOSE = READ + """
            if not breaker or breaker.probe ~= ARGV[2] then return {discarded, 0} end
            return {discarded, redis.call('DEL', KEYS[1])}
            """;

    /** Lets another call be the probe, if ARGV[2] is the probe. Returns 1 if it was. */
    static final String RELEASE = READ + """
            if not breaker or breaker.probe ~= ARGV[2] then return {discarded, 0} end
            breaker.probe, breaker.probeUntil = nil, nil
            redis.call('SET', KEYS[1], cjson.encode(breaker), 'KEEPTTL')
            return {discarded, 1}
            """;

    private BreakerScripts() {
    }
}
