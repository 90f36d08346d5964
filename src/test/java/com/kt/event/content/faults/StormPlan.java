package com.kt.event.content.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * Everything random in a storm, as a function of one seed: the faults, the provider's responses, and what clients
 * do. Timing differs from run to run; the plan does not.
 */
final class StormPlan {
    private static final Duration FIRST_FAULT = Duration.ofSeconds(4);
    private static final Duration BETWEEN_BURSTS = Duration.ofSeconds(7);

    private final long seed;
    private final Duration duration;
    private final List<OperatorError> operatorErrors;

    /** The faults to inject, each with its weight. */
    enum Fault {
        KILL(8),
        FREEZE(3),
        TERMINATE(3),
        REDIS_CUT(2),
        REDIS_SILENT(2),
        REDIS_LATE(4),
        REDIS_RESTARTED(1),
        REDIS_FROZEN(1),
        REDIS_PAUSED(1),
        REDIS_FULL(2),
        PROVIDER_CUT(2),
        PROVIDER_SILENT(2),
        STORE_FULL(2);

        private final int weight;

        Fault(int weight) {
            this.weight = weight;
        }

        /** Whether it affects one instance, and not all. */
        boolean affectsOne() {
            return switch (this) {
                case REDIS_RESTARTED, REDIS_FROZEN, REDIS_PAUSED, REDIS_FULL, STORE_FULL -> false;
                default -> true;
            };
        }
    }

    /** @param instance the affected one, if the fault affects only one */
    record PlannedFault(Fault fault, int instance, Duration at, Duration lasting) {
    }

    /** A period in which the provider responds with errors that need an operator. */
    record OperatorError(Duration from, Duration to, int status, String code) {
        boolean covers(Duration at) {
            return from.compareTo(at) <= 0 && at.compareTo(to) < 0;
        }
    }

    enum Act {
        GENERATE, FORCE, REGENERATE, CANCEL, DELETE_STYLE, DELETE_ALL, FOLLOW, POLL, PAUSE
    }

    /**
     * @param keyed whether a request has an idempotency key
     * @param lasting the length of a pause
     */
    record Step(Act act, String style, boolean keyed, Duration lasting) {
    }

    /** The script of one client, for a draft of its own. */
    record Script(String draft, Duration at, List<Step> steps) {
    }

    StormPlan(long seed, Duration duration) {
        this.seed = seed;
        this.duration = duration;
        this.operatorErrors = drawnOperatorErrors();
    }

    List<OperatorError> operatorErrors() {
        return operatorErrors;
    }

    List<PlannedFault> faults() {
        // The name is part of the seed: another one would change the plan of every seed that was ever reported.
        SplittableRandom random = random("strikes");
        List<PlannedFault> faults = new ArrayList<>();
        Duration at = FIRST_FAULT;
        while (at.compareTo(duration) < 0) {
            Fault fault = weighted(random, Fault.values(), it -> it.weight);
            faults.add(new PlannedFault(fault, random.nextInt(3), at, lasting(fault, random)));
            at = at.plusMillis(random.nextLong(1_500, 8_000));
        }
        return faults;
    }

    private static Duration lasting(Fault fault, SplittableRandom random) {
        return Duration.ofMillis(switch (fault) {
            case KILL, TERMINATE -> random.nextLong(0, 3_000);
            // Longer than a lease of 3 s.
            case FREEZE -> random.nextLong(3_500, 8_000);
            case REDIS_LATE -> random.nextLong(6_000, 12_000);
            case REDIS_RESTARTED -> random.nextLong(0, 2_000);
            default -> random.nextLong(1_000, 6_000);
        });
    }

    private List<OperatorError> drawnOperatorErrors() {
        SplittableRandom random = random("operator");
        List<OperatorError> errors = new ArrayList<>();
        Duration at = Duration.ofSeconds(random.nextInt(15, 60));
        while (at.compareTo(duration) < 0) {
            Duration end = at.plusMillis(random.nextLong(2_000, 5_000));
            errors.add(switch (random.nextInt(7)) {
                case 0 -> new OperatorError(at, end, 401, "invalid_api_key");
                case 1 -> new OperatorError(at, end, 402, "payment_required");
                case 2 -> new OperatorError(at, end, 403, "Forbidden");
                case 3 -> new OperatorError(at, end, 404, "model_not_found");
                case 4 -> new OperatorError(at, end, 429, "insufficient_quota");
                case 5 -> new OperatorError(at, end, 403, "unsupported_country_region_territory");
                default -> new OperatorError(at, end, 400, "billing_hard_limit_reached");
            });
            at = end.plusSeconds(random.nextInt(40, 80));
        }
        return errors;
    }

    /** The provider's response to the draft's call of that number in that style, outside of the operator's periods. */
    StormShape shape(String draft, String style, int number) {
        return weighted(random("shape", draft, style, number), StormShape.values(), StormShape::weight);
    }

    /** One of several equivalent forms, such as a status, or a number of milliseconds to wait. */
    int variant(String draft, String style, int number, int variants) {
        return random("variant", draft, style, number).nextInt(variants);
    }

    /** Requests come in bursts, so that the queue is empty at times, and workers wait for entries. */
    List<Script> scripts() {
        SplittableRandom random = random("scripts");
        List<Script> scripts = new ArrayList<>();
        for (Duration burst = Duration.ZERO; burst.compareTo(duration) < 0; burst = burst.plus(BETWEEN_BURSTS)) {
            int size = random.nextInt(3, 11);
            for (int i = 0; i < size; i++) {
                Duration at = burst.plusMillis(random.nextLong(0, 1_500));
                scripts.add(new Script("storm-" + (scripts.size() + 1), at, steps(random)));
            }
        }
        return scripts;
    }

    private static List<Step> steps(SplittableRandom random) {
        List<Step> steps = new ArrayList<>();
        steps.add(request(random, random.nextInt(4) == 0 ? Act.FORCE : Act.GENERATE));
        if (random.nextInt(6) == 0) {
            // The same request, twice.
            steps.add(request(random, Act.GENERATE));
        }
        if (random.nextInt(6) == 0) {
            steps.add(pause(random, 2_500));
            steps.add(step(random, random.nextInt(3) > 0 ? Act.CANCEL : Act.DELETE_ALL));
        }
        steps.add(step(random, random.nextBoolean() ? Act.FOLLOW : Act.POLL));
        int more = random.nextInt(10);
        if (more < 6) {
            steps.add(pause(random, 1_000));
            if (more == 5) {
                steps.add(step(random, Act.DELETE_STYLE));
            }
            steps.add(request(random, more < 4 ? Act.REGENERATE : Act.GENERATE));
            steps.add(step(random, Act.POLL));
        }
        return steps;
    }

    private static Step request(SplittableRandom random, Act act) {
        return new Step(act, style(random), random.nextInt(4) > 0, Duration.ZERO);
    }

    private static Step step(SplittableRandom random, Act act) {
        return new Step(act, style(random), false, Duration.ZERO);
    }

    private static Step pause(SplittableRandom random, int longest) {
        return new Step(Act.PAUSE, "", false, Duration.ofMillis(random.nextLong(0, longest)));
    }

    private static String style(SplittableRandom random) {
        return AcceptedJob.STYLES.get(random.nextInt(AcceptedJob.STYLES.size()));
    }

    /** The instance that a client calls, and how long it waits before. */
    int instance(String draft, int request) {
        return random("instance", draft, request).nextInt(3);
    }

    Duration pauseBefore(String draft, int request) {
        return Duration.ofMillis(random("pause", draft, request).nextLong(200, 4_000));
    }

    /**
     * How long Redis's reply to a connection's command of that number is delayed. Most are not, except for commands that
     * change the queue: few requests come during a delay, and most of what may fail depends on those commands.
     */
    Duration late(int connection, int command, boolean changesTheQueue) {
        SplittableRandom random = random("late", connection, command);
        boolean isLate = changesTheQueue ? random.nextInt(4) > 0 : random.nextInt(60) == 0;
        return isLate ? Duration.ofMillis(random.nextLong(1_300, 4_000)) : Duration.ZERO;
    }

    private SplittableRandom random(Object... purpose) {
        // Two seeds that differ by one must have nothing in common.
        return new SplittableRandom(new SplittableRandom(seed ^ (long) Arrays.hashCode(purpose) << 17).nextLong());
    }

    private static <T> T weighted(SplittableRandom random, T[] values, ToIntFunction<T> weight) {
        int dice = random.nextInt(Arrays.stream(values).mapToInt(weight).sum());
        for (T value : values) {
            dice -= weight.applyAsInt(value);
            if (dice < 0) {
                return value;
            }
        }
        throw new IllegalStateException("the weights do not add up to their sum");
    }
}
