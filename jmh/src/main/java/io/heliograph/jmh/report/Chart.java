package io.heliograph.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;
import org.jfree.data.general.DatasetUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Times by percentile, as SVG. JFreeChart's logarithmic axes draw labels as outlines, which takes ten times
 * the space: so the points are scaled, and the axes are plain.
 */
final class Chart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;

    /** The colours of Okabe and Ito, which most colour-blind people can tell apart, without yellow. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7), new Color(0x000000));

    private static final BasicStroke FULL = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

    /** Where an axis has a value, and back. */
    private record Scale(DoubleUnaryOperator scaled, DoubleUnaryOperator value) {
        /** Each further nine of a percentile has the same width: 0, 90, 99, 99.9. */
        static final Scale NINES =
                new Scale(value -> -Math.log10(1 - value / 100), scaled -> 100 * (1 - Math.pow(10, -scaled)));

        static final Scale POWERS_OF_TEN = new Scale(Math::log10, scaled -> Math.pow(10, scaled));
    }

    private final XYSeriesCollection lines = new XYSeriesCollection();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    private final String title;
    private final String domain;

    /**
     * An empty chart.
     *
     * @param domain the label of the horizontal axis, of percentiles
     */
    Chart(String title, String domain) {
        this.title = title;
        this.domain = domain;
        // Without it, the label of the vertical axis is drawn as outlines.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        // Without it, each point is an element.
        renderer.setDrawSeriesLineAsPath(true);
    }

    /** Starts a line of that colour, below 5. */
    void line(String name, int colour, boolean isDashed) {
        int series = lines.getSeriesCount();
        renderer.setSeriesPaint(series, COLOURS.get(colour));
        renderer.setSeriesStroke(series, isDashed ? DASHED : FULL);
        lines.addSeries(new XYSeries(name));
    }

    /** Adds a point to the last line. A logarithmic axis has no 0, so a time is at least a nanosecond. */
    void point(double value, double nanos) {
        XYSeries last = lines.getSeries(lines.getSeriesCount() - 1);
        last.add(Scale.NINES.scaled.applyAsDouble(value), Math.log10(Math.max(nanos, 1) / 1e3));
    }

    boolean isEmpty() {
        return lines.getSeriesCount() == 0;
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
                axis(domain, Scale.NINES, DatasetUtils.findDomainBounds(lines)),
                axis("microseconds", Scale.POWERS_OF_TEN, DatasetUtils.findRangeBounds(lines)),
                renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(title, plot);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getLegend().setPosition(RectangleEdge.RIGHT);
        return chart;
    }

    /** An axis of whole steps, each with its label. */
    private static NumberAxis axis(String label, Scale scale, Range range) {
        NumberAxis axis = new NumberAxis(label);
        double least = Math.floor(range.getLowerBound());
        axis.setRange(least, Math.max(least + 1, Math.ceil(range.getUpperBound())));
        axis.setTickUnit(new NumberTickUnit(1) {
            private static final long serialVersionUID = 1;

            @Override
            public String valueToString(double step) {
                return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
                        .format(scale.value.applyAsDouble(step));
            }
        });
        return axis;
    }

    private static SVGGraphics2D graphics() {
        try {
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null));
            context.setPrecision(1); // a tenth of a pixel
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
            return graphics;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
