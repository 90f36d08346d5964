package com.kt.event.content.provider.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A family of models.
 *
 * @param type of the providers that have it
 * @param isKnown whether a setting can be checked
 * @param input what is sent with each request, beside prompt and settings
 */
record ImageModel(String type, List<Pattern> names, boolean isKnown, SizeRule sizes, List<String> qualities,
        List<String> formats, Map<String, String> input) {
    /** @param line of {@code image-models.txt} */
    static ImageModel of(String line) {
        String[] columns = line.split("\\|", -1);
        String[] names = columns[1].strip().split(" ");
        return new ImageModel(columns[0].strip(), Arrays.stream(names).map(ImageModel::pattern).toList(),
                !names[0].startsWith("?"), SizeRule.of(columns[2].strip()), words(columns[3]), words(columns[4]),
                columns.length > 5 ? input(columns[5]) : Map.of());
    }

    private static Pattern pattern(String name) {
        String plain = name.startsWith("?") ? name.substring(1) : name;
        return Pattern.compile("\\Q" + plain.replace("*", "\\E.*\\Q") + "\\E");
    }

    private static Map<String, String> input(String column) {
        return words(column).stream().map(field -> field.split("="))
                .collect(Collectors.toUnmodifiableMap(field -> field[0], field -> field[1]));
    }

    private static List<String> words(String column) {
        return column.isBlank() ? List.of() : List.of(column.strip().split(" "));
    }

    boolean has(String model) {
        return names.stream().anyMatch(name -> name.matcher(model).matches());
    }
}
