/** Where models come from: learning, calibrating and measuring them. Serves no study, and nothing that serves one knows it. */
package org.rigatino.learn;
