package com.kt.event.content.breaker;

/**
 * The scripts of {@link BreakerStore}. Each has the pause as its only key, and as its first argument the longest that a
 * pause may be kept (ms). A value that cannot be read as a pause (another type, text, numbers out of all bounds, a life
 * that is too long or never ends) is no pause: whoever wrote it, nobody would ever end it. It is deleted, and the second
 * item of the answer is 1 then; the first is the answer itself.
 */
final class BreakerScripts {
    /** Redis's clock is the only one. A number that is none is equal to nothing, and so within no bounds. */
    private static final String READ = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local most = tonumber(ARGV[1])
            local function within(number, least, greatest)
                return type(number) == 'number' and number >= least and number <= greatest
            end
            local function isSound(pause)
                return type(pause) == 'table' and within(pause['until'], 0, now + most) and within(pause.length, 1, most)
                    and (not pause.probe or type(pause.probe) == 'string' and within(pause.probeUntil, 0, now + most))
            end
            local function read()
                local size = redis.pcall('STRLEN', KEYS[1])
                local raw = type(size) == 'number' and size < 65536 and redis.pcall('GET', KEYS[1])
                if size == 0 and not raw then return nil, 0 end
                local parsed, pause = pcall(cjson.decode, raw)
                if parsed and type(pause) == 'table' then
                    for name, value in pairs(pause) do
                        if value == cjson.null then pause[name] = nil end
                    end
                end
                if parsed and isSound(pause) and within(redis.pcall('PTTL', KEYS[1]), 0, most) then return pause, 0 end
                redis.pcall('DEL', KEYS[1])
                return nil, 1
            end
            local pause, unreadable = read()
            """;

    /** Answers how long it still runs (ms), 0 where its time is over, -1 where there is none, and the operator's fault. */
    static final String LOOK = READ + """
            if not pause then return {-1, unreadable, ''} end
            local fault = type(pause.fault) == 'string' and pause.fault or ''
            return {math.max(0, math.ceil(pause['until'] - now)), unreadable, fault}
            """;

    /**
     * Begins a pause, or lengthens one that is too short. ARGV: length of a first pause (ms), longest one, how long the
     * provider asked for (0 where it did not), why, time for proving (ms), the probe that failed (empty where none did),
     * the operator's fault (empty where it is none), and how long that need not be said again (ms). Answers how long the
     * pause runs from now (ms), negative where it did so already, and 0 where its time is over and a probe is out, which
     * will tell; and 1 where the operator's fault has to be said.
     */
    static final String BEGIN = READ + """
            local asked, probe, fault = tonumber(ARGV[4]), ARGV[7], ARGV[8]
            local length = tonumber(ARGV[2])
            local left = 0
            if pause then
                left = pause['until'] - now
                local isKnown = fault == '' or fault == pause.fault
                local isProbing = pause.probe and pause.probeUntil > now
                if probe ~= '' and pause.probe == probe then
                    length = math.max(pause.length, math.min(pause.length * 2, tonumber(ARGV[3])))
                elseif left > 0 and asked <= left and isKnown then
                    return {math.floor(-left), unreadable, 0}
                elseif left <= 0 and isProbing and asked == 0 and isKnown then
                    return {0, unreadable, 0}
                else
                    length = pause.length
                end
            end
            if fault ~= '' then length = math.max(length, tonumber(ARGV[3])) end
            local ms = math.max(length, asked, left)
            local next = {['until'] = now + ms, length = length, why = ARGV[5]}
            local say = 0
            if fault ~= '' then
                next.fault = fault
                local isSaid = pause and pause.fault == fault and within(pause.saidAt, now - tonumber(ARGV[9]), now)
                next.saidAt = isSaid and pause.saidAt or now
                say = isSaid and 0 or 1
            end
            redis.call('SET', KEYS[1], cjson.encode(next), 'PX', string.format('%.0f', ms + ARGV[6]))
            return {ms, unreadable, say}
            """;

    /**
     * Makes ARGV[2] the probe for ARGV[3] ms, or for that much longer. Answers 2 where there is no pause, 1 where ARGV[2] is
     * the probe now, 0 where the pause still runs or another is the probe.
     */
    static final String PROBE = READ + """
            if not pause then return {2, unreadable} end
            if pause['until'] > now then return {0, unreadable} end
            if pause.probe and pause.probe ~= ARGV[2] and pause.probeUntil > now then return {0, unreadable} end
            pause.probe = ARGV[2]
            pause.probeUntil = now + ARGV[3]
            redis.call('SET', KEYS[1], cjson.encode(pause), 'KEEPTTL')
            return {1, unreadable}
            """;

    /** Ends the pause, where ARGV[2] is its probe. Answers 1 where it was. */
    static final String END = READ + """
            if not pause or pause.probe ~= ARGV[2] then return {0, unreadable} end
            return {redis.call('DEL', KEYS[1]), unreadable}
            """;

    /** Lets others probe, where ARGV[2] is the probe. Answers 1 where it was. */
    static final String LET_GO = READ + """
            if not pause or pause.probe ~= ARGV[2] then return {0, unreadable} end
            pause.probe, pause.probeUntil = nil, nil
            redis.call('SET', KEYS[1], cjson.encode(pause), 'KEEPTTL')
            return {1, unreadable}
            """;

    private BreakerScripts() {
    }
}
