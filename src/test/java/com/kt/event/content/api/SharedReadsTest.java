package com.kt.event.content.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class SharedReadsTest {
    private final List<CompletableFuture<String>> begun = new ArrayList<>();
    private final SharedReads<String, String> reads = new SharedReads<>(key -> {
        CompletableFuture<String> read = new CompletableFuture<>();
        begun.add(read);
        return Uni.createFrom().completionStage(read);
    });

    @Test
    void makesTwoReadsForAllSimultaneousRequests() {
        List<UniAssertSubscriber<String>> readers = Stream.generate(() -> read("job")).limit(10_000).toList();
        assertThat(begun).hasSize(1);

        begun.get(0).complete("old");
        assertThat(begun).hasSize(2);
        begun.get(1).complete("new");

        assertThat(readers.get(0).getItem()).isEqualTo("old");
        assertThat(readers.subList(1, 10_000)).allSatisfy(reader -> assertThat(reader.getItem()).isEqualTo("new"));
        assertThat(begun).hasSize(2);
        assertThat(reads.isIdle()).isTrue();
    }

    /** The read under way may have started before the change that the caller was notified of. */
    @Test
    void returnsNoReadThatBeganBeforeTheRequest() {
        read("job");
        UniAssertSubscriber<String> late = read("job");

        begun.get(0).complete("old");

        late.assertNotTerminated();
        begun.get(1).complete("new");
        late.assertItem("new");
    }

    @Test
    void readsEachKeyByItself() {
        read("one");
        read("another");

        assertThat(begun).hasSize(2);
    }

    @Test
    void goesOnAfterAFailure() {
        UniAssertSubscriber<String> first = read("job");
        UniAssertSubscriber<String> second = read("job");

        begun.get(0).completeExceptionally(new IllegalStateException());

        first.assertFailedWith(IllegalStateException.class);
        begun.get(1).complete("answer");
        second.assertItem("answer");
        assertThat(reads.isIdle()).isTrue();
    }

    @Test
    void goesOnWhenAReaderGivesUp() {
        UniAssertSubscriber<String> first = read("job");
        UniAssertSubscriber<String> second = read("job");
        UniAssertSubscriber<String> third = read("job");
        first.cancel();
        second.cancel();

        begun.get(0).complete("old");
        begun.get(1).complete("new");

        third.assertItem("new");
        assertThat(reads.isIdle()).isTrue();
    }

    @Test
    void goesOnWhenAReadFailsAtOnce() {
        SharedReads<String, String> broken = new SharedReads<>(key -> {
            throw new IllegalStateException();
        });

        broken.read("job").subscribe().withSubscriber(UniAssertSubscriber.create()).awaitFailure(Duration.ofSeconds(20))
                .assertFailedWith(IllegalStateException.class);
        assertThat(broken.isIdle()).isTrue();
    }

    private UniAssertSubscriber<String> read(String key) {
        return reads.read(key).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
