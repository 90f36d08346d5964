package com.kt.event.content.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A whole run.
 *
 * @param facts date, command, machine, versions, settings: name and value
 * @param systems the floor, if it ran, and the services
 * @param floor the name of the floor, null if it did not run
 * @param notes sentences on how far the values can be trusted
 */
public record Report(Map<String, String> facts, List<String> systems, String floor, Measurements measurements,
        List<String> notes) {

    /** A column of ratios. */
    record Ratio(String system, String reference) {
        String heading() {
            return system + " / " + reference;
        }
    }

    /** Each service to the floor, and each to the first service. */
    List<Ratio> ratios() {
        List<String> services = services();
        List<Ratio> ratios = new ArrayList<>();
        for (String service : services) {
            if (floor != null) {
                ratios.add(new Ratio(service, floor));
            }
            if (!service.equals(services.get(0))) {
                ratios.add(new Ratio(service, services.get(0)));
            }
        }
        return ratios;
    }

    List<String> services() {
        return systems.stream().filter(system -> !system.equals(floor)).toList();
    }
}
