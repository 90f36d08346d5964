package com.kt.event.content.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.kt.event.content.faults.StormPlan.Fault;
import com.kt.event.content.faults.StormRecord.Call;
import com.kt.event.content.faults.StormRecord.Deletion;
import com.kt.event.content.faults.StormRecord.InjectedFault;
import com.kt.event.content.faults.StormRecord.Opened;
import com.kt.event.content.faults.StormRecord.StyleEnd;

/** Breaks each promise about images and the provider once: the judge must find it. */
class StormImageJudgeTest extends StormJudgeSuite {
    @Test
    void seesASecondCallThatMayBePaidAndIsNotReported() {
        called(1, StormShape.CUT_IN_BODY);
        called(2, StormShape.GOOD);
        ended("j", "d", DRAWN);

        oneOf(images.nobodyPaysTwiceUntold());
    }

    @Test
    void acceptsASecondCallThatIsReportedOrCostsNothing() {
        called(1, StormShape.BROKE_DOWN);
        called(2, StormShape.BUSY_503);
        called(3, StormShape.GOOD);
        ended("j", "d", DRAWN);
        assertThat(images.nobodyPaysTwiceUntold()).isEmpty();

        called(4, StormShape.GOOD);
        oneOf(images.nobodyPaysTwiceUntold());
        ended("j2", "d", new StyleEnd("COMPLETED", null, true));
        assertThat(images.nobodyPaysTwiceUntold()).isEmpty();
    }

    @Test
    void seesAnImageThatIsNotTheProviders() {
        called(1, StormShape.TRUNCATED_IMAGE);
        linked("l", NOON);
        record.opened.add(new Opened("l", NOON, 200, "half of it"));

        oneOf(images.everyImageIsTheProviders());
    }

    @Test
    void seesAnImageOfAnotherStyle() {
        record.calls.add(new Call("d", "fancy", 1, NOON, StormShape.GOOD, "sha-1", null));
        linked("l", NOON);
        record.opened.add(new Opened("l", NOON, 200, "sha-1"));

        oneOf(images.everyImageIsTheProviders());
    }

    @Test
    void seesALinkThatExpiresTooEarlyUnlessItWasDeleted() {
        accepted("d", null, "j");
        linked("l", NOON.plusSeconds(10));
        record.opened.add(new Opened("l", NOON, 404, ""));
        oneOf(images.noLinkDiesBeforeItsTime());

        record.deletions.add(new Deletion("d", NOON.minusSeconds(1)));
        oneOf(images.noLinkDiesBeforeItsTime());
        record.deletions.add(new Deletion("d", NOON.plusSeconds(1)));
        assertThat(images.noLinkDiesBeforeItsTime()).isEmpty();
    }

    @Test
    void acceptsALinkThatExpiresInTime() {
        linked("l", NOON.minusSeconds(1));
        record.opened.add(new Opened("l", NOON, 404, ""));

        assertThat(images.noLinkDiesBeforeItsTime()).isEmpty();
    }

    @Test
    void seesAFailureThatNoResponseExplains() {
        called(1, StormShape.OPERATOR);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_API_ERROR", false));

        oneOf(images.everyFailureHasItsReason());
    }

    @Test
    void acceptsAFailureByACutConnectionToTheProvider() {
        called(1, StormShape.GOOD);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_API_ERROR", false));
        record.injectedFaults.add(new InjectedFault(Fault.PROVIDER_CUT, "A", NOON, NOON.plusSeconds(2)));

        assertThat(images.everyFailureHasItsReason()).isEmpty();
    }

    @Test
    void seesAFailureThatWasCutAtAnotherTime() {
        called(1, StormShape.GOOD);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_API_TIMEOUT", false));
        record.injectedFaults
                .add(new InjectedFault(Fault.PROVIDER_SILENT, "A", NOON.plusSeconds(6), NOON.plusSeconds(9)));

        oneOf(images.everyFailureHasItsReason());
    }

    @Test
    void doesNotTakeAnEmptyResponseForARefusal() {
        called(1, StormShape.NO_DATA);
        ended("j", "d", new StyleEnd("FAILED", "IMAGE_REJECTED", false));
        oneOf(images.everyFailureHasItsReason());

        called(2, StormShape.REFUSED);
        assertThat(images.everyFailureHasItsReason()).isEmpty();
    }

    @Test
    void seesACallBeforeTheTimeThatTheProviderNamed() {
        called(1, NOON, StormShape.BUSY_DATE, NOON.plusSeconds(3));
        called(2, NOON.plusSeconds(1), StormShape.GOOD, null);
        oneOf(images.nobodyCallsBeforeTheTime());

        record.injectedFaults.add(new InjectedFault(Fault.KILL, "A", NOON, NOON.plusSeconds(2)));
        assertThat(images.nobodyCallsBeforeTheTime()).isEmpty();
    }
}
