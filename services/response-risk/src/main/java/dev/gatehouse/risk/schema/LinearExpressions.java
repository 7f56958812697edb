package dev.gatehouse.risk.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/** Patterns of a schema as RE2 reads them: the validator's own could be made to backtrack on a model's text. */
final class LinearExpressions implements RegularExpressionFactory {

    @Override
    public RegularExpression getRegularExpression(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            return text -> pattern.matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new SchemaException("a pattern is no RE2 pattern");
        }
    }
}
