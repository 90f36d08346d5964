package com.kt.event.content.embedded;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** The three styles of a poster in pixels; {@link Poster} has the same as SVG. */
enum PosterLook {
    SIMPLE("심플", Font.PLAIN, Font.SANS_SERIF, "Apple SD Gothic Neo", "Noto Sans CJK KR", "NanumGothic",
            "Malgun Gothic") {
        @Override
        void paintBackground(Graphics2D canvas, int hue) {
            fill(canvas, new Color(0xfbfaf7), EVERYWHERE);
            fill(canvas, hsl(hue, 65, 55), circle(560, 130, 84));
            draw(canvas, TEXT, new BasicStroke(2), circle(490, 120, 84));
            fill(canvas, hsl(hue, 65, 55), new Rectangle2D.Double(462, 782, 100, 5));
        }

        @Override
        void paintText(Graphics2D canvas, Shape text, int size) {
            fill(canvas, TEXT, text);
        }
    },
    FANCY("화려한", Font.BOLD, Font.SERIF, "Noto Serif CJK KR", "AppleMyungjo", "NanumMyeongjo", "Batang") {
        @Override
        void paintBackground(Graphics2D canvas, int hue) {
            gradient(canvas, hsl(hue, 70, 22), hsl(hue, 80, 6));
            draw(canvas, GOLD, new BasicStroke(3), square(36, 36, 952));
            draw(canvas, GOLD, new BasicStroke(3), square(54, 54, 916));
            for (int[] corner : new int[][]{{36, 136, 136, 36}, {888, 36, 988, 136}, {36, 888, 136, 988},
                    {988, 888, 888, 988}}) {
                draw(canvas, GOLD, new BasicStroke(3),
                        new Line2D.Double(corner[0], corner[1], corner[2], corner[3]));
            }
            draw(canvas, GOLD, new BasicStroke(3), circle(512, 128, 30));
            draw(canvas, GOLD, dashed(70, BasicStroke.CAP_BUTT, 3, 13), circle(512, 128, 76));
            draw(canvas, GOLD, new BasicStroke(3), path(false, 312, 784, 492, 784, 512, 772, 532, 784, 712, 784));
        }

        @Override
        void paintText(Graphics2D canvas, Shape text, int size) {
            fill(canvas, new Color(0xf7dc8f), text);
        }
    },
    TRENDY("트렌디", Font.BOLD, Font.SANS_SERIF, "Apple SD Gothic Neo", "Noto Sans CJK KR", "NanumGothic",
            "Malgun Gothic") {
        @Override
        void paintBackground(Graphics2D canvas, int hue) {
            gradient(canvas, hsl(hue, 100, 62), hsl(hue + 90, 100, 55));
            outlined(canvas, hsl(hue + 180, 100, 60), circle(880, 760, 230));
            outlined(canvas, Color.WHITE, path(true, -40, 90, 330, 40, 250, 320, -60, 270));
            for (int y = 60; y <= 144; y += 28) {
                draw(canvas, TEXT, dashed(10, BasicStroke.CAP_ROUND, 0.1f, 28), new Line2D.Double(600, y, 1000, y));
            }
        }

        @Override
        void paintText(Graphics2D canvas, Shape text, int size) {
            draw(canvas, TEXT, new BasicStroke(size * 0.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND), text);
            fill(canvas, Color.WHITE, text);
        }
    };

    /** More than any image has beside the design. */
    private static final double SIDE = 8 * PosterPainter.SIZE;
    /** Also beside the design, where the image is no square. */
    private static final Shape EVERYWHERE = square(-SIDE, -SIDE, 2 * SIDE + PosterPainter.SIZE);
    private static final Color TEXT = new Color(0x1d1d1f);
    private static final Color GOLD = new Color(0xe3b75a);

    private final String label;
    private final int fontStyle;
    private final String logicalFamily;
    private final List<String> families;

    PosterLook(String label, int fontStyle, String logicalFamily, String... families) {
        this.label = label;
        this.fontStyle = fontStyle;
        this.logicalFamily = logicalFamily;
        this.families = List.of(families);
    }

    /** As in prompts; any other style is drawn as simple. */
    static PosterLook of(String style) {
        return "fancy".equals(style) ? FANCY : "trendy".equals(style) ? TRENDY : SIMPLE;
    }

    String label() {
        return label;
    }

    int fontStyle() {
        return fontStyle;
    }

    /** Those of macOS, of Linux and of Windows, the best first. */
    List<String> families() {
        return families;
    }

    /** The family of the JDK that combines what the machine has. */
    String logicalFamily() {
        return logicalFamily;
    }

    abstract void paintBackground(Graphics2D canvas, int hue);

    abstract void paintText(Graphics2D canvas, Shape text, int size);

    void paintText(Graphics2D canvas, Font font, Poster.Line line) {
        Shape text = font.deriveFont((float) line.size())
                .createGlyphVector(canvas.getFontRenderContext(), line.text()).getOutline();
        Rectangle2D bounds = text.getBounds2D();
        double left = PosterPainter.SIZE / 2.0 - bounds.getCenterX();
        canvas.translate(left, line.baseline());
        paintText(canvas, text, line.size());
        canvas.translate(-left, -line.baseline());
    }

    private static void gradient(Graphics2D canvas, Color from, Color to) {
        canvas.setPaint(new GradientPaint(0, 0, from, PosterPainter.SIZE, PosterPainter.SIZE, to));
        canvas.fill(EVERYWHERE);
    }

    private static void fill(Graphics2D canvas, Color colour, Shape shape) {
        canvas.setPaint(colour);
        canvas.fill(shape);
    }

    private static void draw(Graphics2D canvas, Color colour, BasicStroke stroke, Shape shape) {
        canvas.setPaint(colour);
        canvas.setStroke(stroke);
        canvas.draw(shape);
    }

    private static void outlined(Graphics2D canvas, Color colour, Shape shape) {
        fill(canvas, colour, shape);
        draw(canvas, TEXT, new BasicStroke(10, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND), shape);
    }

    private static BasicStroke dashed(float width, int cap, float dash, float gap) {
        return new BasicStroke(width, cap, BasicStroke.JOIN_ROUND, 1, new float[]{dash, gap}, 0);
    }

    private static Shape square(double x, double y, double side) {
        return new Rectangle2D.Double(x, y, side, side);
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Shape path(boolean isClosed, double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        if (isClosed) {
            path.closePath();
        }
        return path;
    }

    /** As in CSS: degrees and percentages. */
    private static Color hsl(int hue, int saturation, int lightness) {
        float light = lightness / 100f;
        float brightness = light + saturation / 100f * Math.min(light, 1 - light);
        float purity = brightness == 0 ? 0 : 2 * (1 - light / brightness);
        return Color.getHSBColor(hue / 360f, purity, brightness);
    }
}
