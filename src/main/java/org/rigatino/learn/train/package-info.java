/** Data sets, pseudo-anomalies, trainers and plots: everything that makes a model release. */
package org.rigatino.learn.train;
