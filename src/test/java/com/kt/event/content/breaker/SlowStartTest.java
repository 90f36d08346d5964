package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.breaker.SlowStart.Permit;
import com.kt.event.content.breaker.SlowStart.Waiter;

class SlowStartTest {
    private final SlowStart start = new SlowStart();
    private final List<Integer> order = new ArrayList<>();
    private final List<Permit> granted = new ArrayList<>();
    private int rejected;

    @Test
    void hasNoLimitUntilTheBreakerOpens() {
        ask(5_000);

        assertThat(granted).hasSize(5_000);
        assertThat(start.isLimited()).isFalse();
    }

    @Test
    void grantsOnePermitAtFirstAndTwoForEachSuccess() {
        start.restart();
        ask(768);
        assertThat(granted).hasSize(1);

        for (int round : new int[]{2, 4, 8, 16, 32, 64, 128}) {
            succeed();
            assertThat(granted).hasSize(round);
        }
    }

    @Test
    void grantsOnePermitForEachFailure() {
        start.restart();
        ask(10);

        granted.remove(0).release(false);

        assertThat(granted).hasSize(1);
    }

    @Test
    void countsTheSuccessOfTheProbe() {
        start.restart();
        start.probeSucceeded();
        ask(10);

        assertThat(granted).hasSize(2);
    }

    @Test
    void doublesWithTimeWithoutAnySuccessSoThatNobodyStarves() {
        start.restart();
        ask(768);

        int steps = 0;
        while (granted.size() < 768) {
            start.grow();
            assertThat(++steps).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void lastsNoLongerThanItTakesToServeEveryWaiter() {
        start.restart();
        ask(2_000);

        IntStream.range(0, 10).forEach(i -> start.grow());

        assertThat(start.isLimited()).isFalse();
        assertThat(granted).hasSize(2_000);
    }

    @Test
    void grantsInTheOrderOfTheRequests() {
        start.restart();
        ask(100);
        while (!granted.isEmpty()) {
            granted.remove(0).release(order.size() % 3 == 0);
        }

        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void restartsWhenTheBreakerOpensAndIgnoresEarlierPermits() {
        ask(300);
        List<Permit> old = List.copyOf(granted);
        granted.clear();
        start.restart();
        ask(5);
        assertThat(granted).as("earlier calls may take minutes").hasSize(1);

        old.forEach(permit -> permit.release(true));
        assertThat(granted).as("nor do they say anything about the provider now").hasSize(1);

        start.restart();
        assertThat(rejected).as("waiters see that the breaker is open").isEqualTo(4);
    }

    @Test
    void takesThePermitOfACancelledWaiterBack() {
        start.restart();
        Waiter first = ask();
        Waiter second = ask();
        ask();

        second.cancel();
        assertThat(order).containsExactly(0);
        first.cancel();
        first.cancel();

        assertThat(order).containsExactly(0, 2);
    }

    @Test
    void takesAPermitBackOnlyOnce() {
        start.restart();
        ask(10);
        Permit first = granted.remove(0);

        first.release(false);
        first.release(false);

        assertThat(granted).hasSize(1);
    }

    @Test
    void grantsAPermitAsSoonAsTheProbeSucceeds() {
        start.restart();
        ask(2);

        start.probeSucceeded();

        assertThat(granted).hasSize(2);
    }

    @Test
    void saysWhetherThereIsStillALimit() {
        start.restart();

        assertThat(start.grow()).isTrue();
        IntStream.range(0, 9).forEach(i -> start.grow());

        assertThat(start.grow()).isFalse();
    }

    @Test
    void grantsNoPermitToAWaiterThatItTurnedAway() {
        start.restart();
        ask(3);

        start.restart();
        IntStream.range(0, 10).forEach(i -> start.grow());

        assertThat(rejected).isEqualTo(2);
        assertThat(order).containsExactly(0);
    }

    private void ask(int times) {
        IntStream.range(0, times).forEach(i -> ask());
    }

    private int asked;

    private Waiter ask() {
        int number = asked++;
        Waiter waiter = start.waiter(permit -> permit.ifPresentOrElse(it -> {
            order.add(number);
            granted.add(it);
        }, () -> rejected++));
        waiter.enqueue();
        return waiter;
    }

    private void succeed() {
        List<Permit> all = List.copyOf(granted);
        granted.clear();
        all.forEach(permit -> permit.release(true));
    }
}
