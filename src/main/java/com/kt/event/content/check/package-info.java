/** The checker, which reads Redis without a change to it and reports states that must never occur. */
package com.kt.event.content.check;
