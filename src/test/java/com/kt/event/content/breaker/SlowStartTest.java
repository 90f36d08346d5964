package com.kt.event.content.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.kt.event.content.breaker.SlowStart.Place;
import com.kt.event.content.breaker.SlowStart.Turn;

class SlowStartTest {
    private final SlowStart start = new SlowStart();
    private final List<Integer> order = new ArrayList<>();
    private final List<Place> out = new ArrayList<>();
    private int released;

    @Test
    void letsAllGoWithoutAPause() {
        ask(5_000);

        assertThat(out).hasSize(5_000);
        assertThat(start.isLimited()).isFalse();
    }

    @Test
    void letsOneGoAfterAPauseAndTwoForEachThatIsAnswered() {
        start.begin();
        ask(768);
        assertThat(out).hasSize(1);

        for (int round : new int[]{2, 4, 8, 16, 32, 64, 128}) {
            answer();
            assertThat(out).hasSize(round);
        }
    }

    @Test
    void letsOneGoForEachThatFails() {
        start.begin();
        ask(10);

        out.remove(0).leave(false);

        assertThat(out).hasSize(1);
    }

    @Test
    void countsTheProbeThatWasAnswered() {
        start.begin();
        start.answered();
        ask(10);

        assertThat(out).hasSize(2);
    }

    @Test
    void doublesWithTimeThoughNothingIsAnsweredSoThatNobodyStarves() {
        start.begin();
        ask(768);

        int steps = 0;
        while (out.size() < 768) {
            start.grow();
            assertThat(++steps).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void lastsNoLongerThanItTakesToLetEverybodyGo() {
        start.begin();
        ask(2_000);

        IntStream.range(0, 10).forEach(i -> start.grow());

        assertThat(start.isLimited()).isFalse();
        assertThat(out).hasSize(2_000);
    }

    @Test
    void goesByTurns() {
        start.begin();
        ask(100);
        while (!out.isEmpty()) {
            out.remove(0).leave(order.size() % 3 == 0);
        }

        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void startsAnewWithEachPauseAndForgetsWhoWentBefore() {
        ask(300);
        List<Place> old = List.copyOf(out);
        out.clear();
        start.begin();
        ask(5);
        assertThat(out).as("those of before may take minutes").hasSize(1);

        old.forEach(place -> place.leave(true));
        assertThat(out).as("nor do they tell anything of now").hasSize(1);

        start.begin();
        assertThat(released).as("who waits sees the pause").isEqualTo(4);
    }

    @Test
    void takesThePlaceBackOfWhoGaveUp() {
        start.begin();
        Turn first = ask();
        Turn second = ask();
        ask();

        second.giveUp();
        assertThat(order).containsExactly(0);
        first.giveUp();
        first.giveUp();

        assertThat(order).containsExactly(0, 2);
    }

    @Test
    void takesAPlaceBackOnce() {
        start.begin();
        ask(10);
        Place first = out.remove(0);

        first.leave(false);
        first.leave(false);

        assertThat(out).hasSize(1);
    }

    private void ask(int times) {
        IntStream.range(0, times).forEach(i -> ask());
    }

    private int asked;

    private Turn ask() {
        int number = asked++;
        Turn turn = start.turn(place -> place.ifPresentOrElse(it -> {
            order.add(number);
            out.add(it);
        }, () -> released++));
        turn.ask();
        return turn;
    }

    private void answer() {
        List<Place> all = List.copyOf(out);
        out.clear();
        all.forEach(place -> place.leave(true));
    }
}
