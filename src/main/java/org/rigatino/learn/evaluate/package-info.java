/**
 * {@code rigatino evaluate}: measures releases and baselines on labelled images and reports what it found. Numbers come
 * from {@code metric}; what is learnt here are baselines, and nothing here changes a model.
 */
package org.rigatino.learn.evaluate;
