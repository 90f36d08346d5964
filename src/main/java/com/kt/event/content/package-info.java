/** The content service, which turns the recommendation of an event into three SNS images. {@link ContentService} is the use case. */
package com.kt.event.content;
