package com.kt.event.content.bench.load;

import com.kt.event.content.bench.BenchException;

import io.vertx.core.json.JsonObject;

/**
 * What wrk measured.
 *
 * @param seconds the duration
 * @param p50 in milliseconds
 * @param p99 in milliseconds
 * @param errors responses of 400 and above, connections that failed, timeouts
 */
public record WrkResult(double seconds, long requests, double p50, double p99, long errors) {
    private static final String MARK = "RESULT ";

    /** Of the line that lua/result.lua prints. */
    static WrkResult parse(String output) {
        String json = output.lines().filter(line -> line.startsWith(MARK)).findFirst()
                .orElseThrow(() -> new BenchException("wrk printed no result:\n" + output)).substring(MARK.length());
        JsonObject result = new JsonObject(json);
        return new WrkResult(result.getLong("micros") / 1e6, result.getLong("requests"), result.getLong("p50") / 1e3,
                result.getLong("p99") / 1e3, result.getLong("errors"));
    }

    public double rate() {
        return requests / seconds;
    }
}
