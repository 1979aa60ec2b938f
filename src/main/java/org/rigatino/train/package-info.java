/** Data sets, pseudo-anomalies, trainers, evaluation and plots: everything that makes and judges a model release. */
package org.rigatino.train;
