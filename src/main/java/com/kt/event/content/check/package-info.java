/** The checker: walks through Redis, changes nothing, and says what must never be there. */
package com.kt.event.content.check;
