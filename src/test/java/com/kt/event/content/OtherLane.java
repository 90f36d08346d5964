package com.kt.event.content;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests that are neither in {@link ContractLane} nor in {@link LongLane}. */
@Suite
@SelectPackages("com.kt.event.content")
@ExcludeClassNamePatterns({ContractLane.CLASSES, LongLane.CLASSES})
@IncludeEngines("junit-jupiter")
class OtherLane {
}
