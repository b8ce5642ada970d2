package io.heliograph.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Lines over a logarithmic axis of microseconds, as SVG whose text is text: that is a tenth of the size of outlines. JFreeChart's
 * own logarithmic axes draw outlines, so the values are put on even ones by {@link Scale}.
 */
final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;

    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);

    /** Those of Okabe and Ito, which most of the colour-blind can tell from each other, without their yellow. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000),
            new Color(0x999999));

    private static final BasicStroke FULL = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

    /** Where a value stands on an axis. */
    enum Scale {
        /** Each further nine of a percentile has the same width: 0, 90, 99, 99.9. */
        NINES {
            @Override
            double place(double value) {
                return -Math.log10(1 - value / 100);
            }

            @Override
            double value(double place) {
                return 100 * (1 - Math.pow(10, -place));
            }
        },
        POWERS_OF_TEN {
            @Override
            double place(double value) {
                return Math.log10(value);
            }

            @Override
            double value(double place) {
                return Math.pow(10, place);
            }
        };

        abstract double place(double value);

        abstract double value(double place);

        double[] places(double[] values) {
            return Arrays.stream(values).map(this::place).toArray();
        }
    }

    private final DefaultXYDataset lines = new DefaultXYDataset();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    private final String title;
    private final String across;
    private final Scale scale;
    private int dashed;

    /**
     * A chart without lines.
     *
     * @param across what stands on the axis below, of that scale
     */
    Chart(String title, String across, Scale scale) {
        this.title = title;
        this.across = across;
        this.scale = scale;
        // Or the label beside the axis would be outlines.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        // Or each point would be an element of its own.
        renderer.setDrawSeriesLineAsPath(true);
    }

    /** A line; those of the programs in C are dashed. No microseconds may be 0. */
    void add(String name, double[] values, double[] micros) {
        int series = lines.getSeriesCount();
        lines.addSeries(name, new double[][] {scale.places(values), Scale.POWERS_OF_TEN.places(micros)});
        boolean isDashed = name.startsWith("c-");
        int ofItsKind = isDashed ? dashed++ : series - dashed;
        renderer.setSeriesPaint(series, COLOURS.get(ofItsKind % COLOURS.size()));
        renderer.setSeriesStroke(series, isDashed ? DASHED : FULL);
    }

    void write(Path file) throws IOException {
        SVGGraphics2D graphics = graphics();
        chart().draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        try (Writer svg = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            graphics.stream(svg, true);
        }
    }

    private JFreeChart chart() {
        XYPlot plot = new XYPlot(
                lines,
                axis(across, scale, DatasetUtils.findDomainBounds(lines)),
                axis("microseconds", Scale.POWERS_OF_TEN, DatasetUtils.findRangeBounds(lines)),
                renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setOutlineVisible(false);
        JFreeChart chart = new JFreeChart(title, TITLE, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 8, 8, 8));
        LegendTitle legend = chart.getLegend();
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setItemFont(PLAIN);
        legend.setFrame(BlockBorder.NONE);
        return chart;
    }

    /** An axis from a whole step to a whole step, with a label for each. */
    private static NumberAxis axis(String label, Scale scale, Range places) {
        NumberAxis axis = new NumberAxis(label);
        double least = Math.floor(places.getLowerBound());
        axis.setRange(least, Math.max(least + 1, Math.ceil(places.getUpperBound())));
        axis.setTickUnit(new NumberTickUnit(1) {
            private static final long serialVersionUID = 1;

            @Override
            public String valueToString(double place) {
                return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
                        .format(scale.value(place));
            }
        });
        axis.setLabelFont(PLAIN);
        axis.setTickLabelFont(PLAIN);
        return axis;
    }

    private static SVGGraphics2D graphics() {
        try {
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null));
            // A tenth of a pixel.
            context.setPrecision(1);
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
            return graphics;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
