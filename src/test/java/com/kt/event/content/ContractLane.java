package com.kt.event.content;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests of the contracts with clients, image APIs and channels; {@link OtherLane} has all others, about as long. The lanes
 * run at the same time, each in a JVM of its own (see the profile {@code lanes} of the build).
 */
@Suite
@SelectPackages("com.kt.event.content")
@IncludeClassNamePatterns(ContractLane.CLASSES)
@ExcludeClassNamePatterns(LongLane.CLASSES)
@IncludeEngines("junit-jupiter")
class ContractLane {
    static final String CLASSES = "com\\.kt\\.event\\.content\\.(api|embedded|page|provider\\.dialect|rendition)\\..*Test";
}
