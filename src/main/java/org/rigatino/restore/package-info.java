/**
 * From a {@link org.rigatino.image.Frame} to the healthy frame that it departs from: model releases, eligibility, the
 * translator and the warm, batching restorer. What the difference means is the finding's business.
 */
package org.rigatino.restore;
