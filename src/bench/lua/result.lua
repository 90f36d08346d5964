-- Prints the result of a run as one line of JSON.
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format('RESULT {"micros":%d,"requests":%d,"p50":%d,"p99":%d,"errors":%d}\n', summary.duration,
        summary.requests, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
