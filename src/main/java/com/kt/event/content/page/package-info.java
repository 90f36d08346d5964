/** The page in which a person makes images, in dev mode and where it was built in on purpose. */
package com.kt.event.content.page;
