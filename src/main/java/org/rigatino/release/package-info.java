/** Which releases serve and which are in shadow: recorded, promoted and taken back, and set beside each other. */
package org.rigatino.release;
