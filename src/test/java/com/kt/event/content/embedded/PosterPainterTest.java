package com.kt.event.content.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.kt.event.content.recommendation.Style;

class PosterPainterTest {
    /** Between text and what is around it, of 255 between black and white. */
    private static final int CONTRAST = 110;

    @ParameterizedTest
    @EnumSource
    void paintsReadableText(Style style) throws IOException {
        BufferedImage with = painted(style, "봄날", "오세요");
        int[] row = row(with, 550);

        int darkest = Arrays.stream(row).map(PosterPainterTest::brightness).min().orElseThrow();
        int brightest = Arrays.stream(row).map(PosterPainterTest::brightness).max().orElseThrow();
        assertThat(with.getWidth()).isEqualTo(1024);
        assertThat(with.getHeight()).isEqualTo(1024);
        assertThat(brightest - darkest).isGreaterThan(CONTRAST);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheMarginFreeOfText(Style style) throws IOException {
        BufferedImage one = painted(style, "우리동네 수제버거 오픈 3주년 감사제", "선착순 100명");
        BufferedImage other = painted(style, "우리동네 수제버거 오픈 3주년 감사제", "선착순 200명");

        assertThat(column(one, 60)).isEqualTo(column(other, 60));
        assertThat(row(one, 828)).isNotEqualTo(row(other, 828));
    }

    @Test
    void paintsThreeStylesThatDiffer() throws IOException {
        Set<Integer> backgrounds = new HashSet<>();
        for (Style style : Style.values()) {
            backgrounds.add(painted(style, "봄", "").getRGB(512, 700));
        }
        assertThat(backgrounds).hasSize(3);
    }

    /** The poster is in the middle, and its background beside it. */
    @ParameterizedTest
    @EnumSource
    void paintsAtTheSizeThatIsAskedFor(Style style) throws IOException {
        BufferedImage square = painted(style, "봄날", "오세요");
        Optional<byte[]> png = PosterPainter.png(new Poster(style.key(), "봄날", "오세요"), 1024, 1920);

        BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(png.orElseThrow()));

        assertThat(List.of(portrait.getWidth(), portrait.getHeight())).containsExactly(1024, 1920);
        assertThat(row(portrait, 550 + 448)).isEqualTo(row(square, 550));
        assertThat(brightness(portrait.getRGB(5, 5))).isCloseTo(brightness(square.getRGB(5, 5)), within(30));
    }

    @Test
    void paintsNothingWhereNoFontHasTheLetters() {
        String linearA = new String(Character.toChars(0x10600));

        assertThat(PosterPainter.png(new Poster("simple", linearA, ""), 1024, 1024)).isEmpty();
    }

    @Test
    void hasNoFontWhereTheJdkCannotLoadFonts() {
        assertThat(PosterFont.orNone(() -> {
            throw new UnsatisfiedLinkError("libfreetype.so.6");
        })).isEmpty();
        assertThat(PosterFont.orNone(() -> {
            throw new InternalError("Fontconfig head is null");
        })).isEmpty();
    }

    @Test
    void leavesOutAnEmojiThatNoFontHas() {
        assumeThat(png(new Poster("simple", "봄", ""))).isPresent();

        assertThat(png(new Poster("simple", "\ud83c\udf53\u200d\ud83c\udf53 봄 딸기", "")).orElseThrow())
                .isEqualTo(png(new Poster("simple", "봄 딸기", "")).orElseThrow());
        assertThat(png(new Poster("simple", "\ud83c\udf53", ""))).isEmpty();
    }

    /** A machine without Korean fonts has no such images. */
    private static BufferedImage painted(Style style, String title, String tagline) throws IOException {
        Optional<byte[]> png = png(new Poster(style.key(), title, tagline));
        assumeThat(png).isPresent();
        return ImageIO.read(new ByteArrayInputStream(png.orElseThrow()));
    }

    private static Optional<byte[]> png(Poster poster) {
        return PosterPainter.png(poster, 1024, 1024);
    }

    private static int[] row(BufferedImage image, int y) {
        return image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
    }

    private static int[] column(BufferedImage image, int x) {
        return image.getRGB(x, 0, 1, image.getHeight(), null, 0, 1);
    }

    private static int brightness(int colour) {
        return ((colour >> 16 & 0xff) * 3 + (colour >> 8 & 0xff) * 6 + (colour & 0xff)) / 10;
    }
}
