package com.kt.event.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final byte[] IMAGE = new byte[500_000];
    static {
        new Random(3).nextBytes(IMAGE);
    }

    @TempDir
    Path directory;

    @Test
    void keepsFewBytesInMemory() throws IOException {
        Spool spool = spool(directory);

        spool.write(IMAGE, 0, Spool.FEW);

        assertThat(spool.isFile()).isFalse();
        assertThat(spool.bytes()).hasSize(Spool.FEW).isEqualTo(spool.stream().readAllBytes());
    }

    @Test
    void keepsMoreInAFile() throws IOException {
        Spool spool = spool(directory);

        write(spool, IMAGE.length);

        assertThat(spool.isFile()).isTrue();
        assertHasImage(spool);
    }

    /** A crash leaves nothing behind. */
    @Test
    void leavesNoNameInTheDirectory() throws IOException {
        write(spool(directory), IMAGE.length);

        try (Stream<Path> names = Files.list(directory)) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void keepsInMemoryWhatCannotBeWritten() throws IOException {
        Spool spool = spool(directory.resolve("missing"));

        write(spool, IMAGE.length);

        assertThat(spool.isFile()).isFalse();
        assertHasImage(spool);
    }

    /** Otherwise several would begin to arrive, and none could arrive completely. */
    @Test
    void reservesMemoryForAWholeImageThatCannotBeWritten() throws IOException {
        SpoolDirectory missing = new SpoolDirectory(directory.resolve("missing"), 3 * IMAGE.length, IMAGE.length);
        Spools one = begun(missing);
        Spools other = begun(missing);

        assertThat(one.haveRoom()).isTrue();
        assertThat(other.haveRoom()).isTrue();
        assertThat(begun(missing).haveRoom()).isTrue();
        assertThat(begun(missing).haveRoom()).isFalse();
        assertThat(one.haveRoom()).as("what has begun may go on").isTrue();
    }

    @Test
    void reservesNoMoreThanAnImageTookOnceItHasArrived() throws IOException {
        SpoolDirectory missing = new SpoolDirectory(directory.resolve("missing"), 3 * IMAGE.length / 2, IMAGE.length);
        Spools one = begun(missing);
        Spools other = begun(missing);

        assertThat(one.haveRoom()).isTrue();
        assertThat(other.haveRoom()).isFalse();
        one.arrived();

        assertThat(other.haveRoom()).isTrue();
    }

    @Test
    void freesItsMemoryWithItsRequest() throws IOException {
        SpoolDirectory missing = new SpoolDirectory(directory.resolve("missing"), IMAGE.length, IMAGE.length);
        Spools one = begun(missing);
        Spools other = begun(missing);

        assertThat(one.haveRoom()).isTrue();
        assertThat(other.haveRoom()).isFalse();
        one.close();

        assertThat(other.haveRoom()).isTrue();
    }

    @Test
    void keepsOneImageInMemoryHoweverLargeItIs() throws IOException {
        assertThat(begun(new SpoolDirectory(directory.resolve("missing"), 0, IMAGE.length)).haveRoom()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesOutAndReplacesBytes(boolean isWritable) throws IOException {
        Spool spool = spool(isWritable ? directory : directory.resolve("missing"));
        write(spool, IMAGE.length);
        byte[] whole = spool.bytes();

        spool.keepOnly(List.of(ByteBuffer.wrap(whole).slice(3, 5), ByteBuffer.wrap("new".getBytes()),
                ByteBuffer.wrap(whole, IMAGE.length - 2, 2)), whole);

        assertThat(spool.bytes()).containsExactly(IMAGE[3], IMAGE[4], IMAGE[5], IMAGE[6], IMAGE[7], 'n', 'e', 'w',
                IMAGE[IMAGE.length - 2], IMAGE[IMAGE.length - 1]);
        assertThat(spool.length()).isEqualTo(10);
    }

    @Test
    void isOpenForAsLongAsItIsHeld() throws IOException {
        Spools spools = new Spools(new SpoolDirectory(directory, 0, IMAGE.length));
        Spool spool = spools.newSpool();
        write(spool, IMAGE.length);
        spool.hold();

        spools.close();
        assertHasImage(spool);
        spool.close();

        assertThatThrownBy(spool::bytes).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(spool::hold).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> write(spool, 1)).isInstanceOf(ClosedChannelException.class);
    }

    /** A call that goes on after its request has ended must not take a file. */
    @Test
    void isClosedFromTheBeginningIfItsRequestHasEnded() {
        Spools spools = new Spools(new SpoolDirectory(directory, 0, IMAGE.length));
        spools.close();

        assertThatThrownBy(() -> write(spools.newSpool(), 1)).isInstanceOf(ClosedChannelException.class);
    }

    private static Spool spool(Path directory) {
        return new SpoolDirectory(directory, 0, IMAGE.length).newSpool();
    }

    /** The request for an image that begins to arrive. */
    private static Spools begun(SpoolDirectory directory) throws IOException {
        Spools spools = new Spools(directory);
        write(spools.newSpool(), IMAGE.length / 10);
        return spools;
    }

    private static void write(Spool spool, int count) throws IOException {
        for (int at = 0; at < count; at += 10_007) {
            spool.write(IMAGE, at, Math.min(10_007, count - at));
        }
    }

    private static void assertHasImage(Spool spool) throws IOException {
        assertThat(spool.bytes()).isEqualTo(IMAGE);
        assertThat(spool.stream().readAllBytes()).isEqualTo(IMAGE);
        assertThat(spool.length()).isEqualTo(IMAGE.length);
    }
}
