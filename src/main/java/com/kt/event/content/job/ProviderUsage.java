package com.kt.event.content.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.kt.event.content.cost.Cost;

/**
 * What a job took of one model of a provider. A sum of which a part is not known is not known.
 *
 * @param model null if it is not known
 * @param pictures how many images the provider made, also those that could not be used
 * @param inputTokens null if it is not known, as are the others
 */
public record ProviderUsage(String provider, String model, int pictures, Long inputTokens, Long outputTokens,
        Cost cost) {

    /** By provider and model, in the order of the styles. */
    static List<ProviderUsage> of(Collection<StyleTask> tasks) {
        Map<List<String>, ProviderUsage> sums = new LinkedHashMap<>();
        tasks.stream().filter(task -> task.usage() != null).map(ProviderUsage::of)
                .forEach(each -> sums.merge(key(each), each, ProviderUsage::plus));
        return List.copyOf(sums.values());
    }

    private static List<String> key(ProviderUsage usage) {
        List<String> key = new ArrayList<>();
        key.add(usage.provider);
        key.add(usage.model);
        return key;
    }

    private static ProviderUsage of(StyleTask task) {
        StyleUsage usage = task.usage();
        return new ProviderUsage(task.provider(), task.model(), 1, usage.inputTokens(), usage.outputTokens(),
                usage.cost());
    }

    private ProviderUsage plus(ProviderUsage other) {
        return new ProviderUsage(provider, model, pictures + other.pictures, sum(inputTokens, other.inputTokens),
                sum(outputTokens, other.outputTokens), cost == null ? null : cost.plus(other.cost));
    }

    private static Long sum(Long one, Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }
}
