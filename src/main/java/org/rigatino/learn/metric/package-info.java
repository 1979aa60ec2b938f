/** Numbers that say how well scores tell abnormal from normal, and how far to trust them. Knows nothing of images. */
package org.rigatino.learn.metric;
