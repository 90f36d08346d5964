package com.kt.event.content;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class of plain tests that mostly wait. Those of a lane run one after the other, in parallel to the lane's tests that
 * share the application. They must not depend on what all tests have in common, such as the log.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
// Also keeps the methods of a class in one thread.
@ResourceLock("waiting tests")
public @interface WaitingTest {
}
