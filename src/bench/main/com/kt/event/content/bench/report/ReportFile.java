package com.kt.event.content.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import com.kt.event.content.bench.BenchException;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes a report as JSON, and reads it again. */
public final class ReportFile {
    private ReportFile() {
    }

    public static String write(Report report) {
        JsonObject facts = new JsonObject();
        report.facts().forEach(facts::put);
        JsonArray rows = new JsonArray();
        report.measurements().rows().forEach(row -> rows.add(write(report, row)));
        return new JsonObject().put("facts", facts).put("notes", new JsonArray(report.notes()))
                .put("systems", new JsonArray(report.systems())).put("floor", report.floor()).put("rows", rows)
                .encodePrettily() + "\n";
    }

    private static JsonObject write(Report report, Row row) {
        Metric metric = row.metric();
        JsonObject systems = new JsonObject();
        for (String system : report.systems()) {
            row.value(system).ifPresent(value -> {
                JsonObject values = new JsonObject().put("value", value)
                        .put("rounds", new JsonArray(row.rounds(system)));
                OptionalDouble ratio = report.floor() == null
                        ? OptionalDouble.empty()
                        : row.ratio(system, report.floor());
                ratio.ifPresent(times -> values.put("timesFloor", times));
                systems.put(system, values);
            });
        }
        return new JsonObject().put("key", metric.key()).put("label", metric.label()).put("unit", metric.unit())
                .put("kind", metric.kind().name()).put("systems", systems);
    }

    public static Report read(Path file) {
        try {
            return read(new JsonObject(Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new BenchException("there is no " + file, e);
        } catch (IOException | DecodeException | ClassCastException | NullPointerException
                | IllegalArgumentException e) {
            throw new BenchException(file + " is no JSON file of this benchmark: " + e.getMessage(), e);
        }
    }

    private static Report read(JsonObject json) {
        Map<String, String> facts = new LinkedHashMap<>();
        json.getJsonObject("facts").forEach(fact -> facts.put(fact.getKey(), fact.getValue().toString()));
        Measurements measurements = new Measurements();
        for (Object each : json.getJsonArray("rows")) {
            JsonObject row = (JsonObject) each;
            Metric metric = new Metric(row.getString("key"), row.getString("label"), row.getString("unit"),
                    Metric.Kind.valueOf(row.getString("kind")));
            measurements.row(metric);
            JsonObject systems = row.getJsonObject("systems");
            for (String system : systems.fieldNames()) {
                for (Object value : systems.getJsonObject(system).getJsonArray("rounds")) {
                    measurements.add(metric, system, ((Number) value).doubleValue());
                }
            }
        }
        return new Report(facts, strings(json.getJsonArray("systems")), json.getString("floor"), measurements,
                strings(json.getJsonArray("notes")));
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(Object::toString).toList();
    }
}
