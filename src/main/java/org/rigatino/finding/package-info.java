/** From a restored frame to a calibrated finding: difference map, image score, percentile, study priority. */
package org.rigatino.finding;
