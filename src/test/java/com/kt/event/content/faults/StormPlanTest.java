package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import com.kt.event.content.faults.StormPlan.Fault;
import com.kt.event.content.faults.StormPlan.PlannedFault;
import com.kt.event.content.faults.StormPlan.Script;
import com.kt.event.content.faults.StormPlan.Step;

class StormPlanTest {
    private static final Duration LONG = Duration.ofHours(2);

    private final StormPlan plan = new StormPlan(7, LONG);

    private static List<Object> everythingOf(StormPlan plan) {
        Stream<Object> shapes = IntStream.range(0, 50).mapToObj(i -> plan.shape("storm-" + i, "simple", 1));
        Stream<Object> tries = IntStream.range(0, 50)
                .mapToObj(i -> plan.instance("storm-1", i) + " after " + plan.pauseBefore("storm-1", i));
        Stream<Object> delays = IntStream.range(0, 50).mapToObj(i -> plan.late(1, i, true));
        return Stream
                .of(plan.faults().stream(), plan.scripts().stream(), plan.operatorErrors().stream(), shapes, tries,
                        delays)
                .flatMap(it -> it).collect(Collectors.toList());
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(everythingOf(new StormPlan(7, LONG))).isEqualTo(everythingOf(plan));
    }

    @Test
    void differsForAnotherSeed() {
        assertThat(everythingOf(new StormPlan(8, LONG))).isNotEqualTo(everythingOf(plan));
    }

    @Test
    void hasEveryFaultEveryActAndEveryShape() {
        assertThat(plan.faults()).extracting(PlannedFault::fault).contains(Fault.values());
        assertThat(plan.scripts()).flatExtracting(Script::steps).extracting(Step::act).contains(StormPlan.Act.values());
        assertThat(IntStream.range(0, 5_000).mapToObj(i -> plan.shape("storm-" + i, "fancy", 1)).distinct())
                .hasSize(StormShape.values().length - 1).doesNotContain(StormShape.OPERATOR);
        assertThat(plan.operatorErrors()).extracting(StormPlan.OperatorError::code).contains("invalid_api_key",
                "payment_required", "model_not_found", "insufficient_quota", "billing_hard_limit_reached");
    }

    @Test
    void makesImagesThatAreValidAndAllDifferent() throws IOException {
        byte[] image = StormImage.of("storm-1", "simple", 1, 0);

        assertThat(ImageIO.read(new ByteArrayInputStream(image)).getWidth()).isEqualTo(64);
        assertThat(Stream.of(StormImage.of("storm-1", "simple", 2, 0), StormImage.of("storm-1", "fancy", 1, 0),
                StormImage.of("storm-2", "simple", 1, 0), image).map(StormImage::sha256).distinct()).hasSize(4);
    }
}
