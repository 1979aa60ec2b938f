/** Curves and histograms as pictures: the one place that sees the charting library. It knows nothing of models. */
package org.rigatino.chart;
